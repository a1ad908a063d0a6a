"""How the rooms become one site: settings and addresses, doors to sign in, the command, the self-check, the daily round."""
