"""A picture that somebody sent, made anew from its pixels alone: no place, no camera, no hidden words survive.

clean = clean_picture(name, data)      a CleanPicture, or Refused in plain words
"""

from alongside.calculations.pictures.cleaning import MOST_BYTES, MOST_SIDE, CleanPicture, clean_picture

__all__ = ["MOST_BYTES", "MOST_SIDE", "CleanPicture", "clean_picture"]
