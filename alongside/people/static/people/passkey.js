/* Passkeys: each form with data-passkey asks the device and sends what it answers. Without JavaScript such a form
   stays hidden, or says so beside it; the other ways in work without. */
(() => {
  const webauthn = window.webauthnJSON
  if (!webauthn || !window.PublicKeyCredential) return
  const FAILED = 'Your device did not answer, or you stopped it. Try again, or use another way.'

  const options = async (form) => {
    if (form.dataset.passkey !== 'sign-in') return JSON.parse(document.getElementById(form.dataset.options).textContent)
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
    return answer.json()
  }

  const ask = async (form) => {
    const data = await options(form)
    if (form.dataset.passkey !== 'add') return webauthn.get(data.request_options)
    const chosen = data.creation_options.publicKey.authenticatorSelection
    Object.assign(chosen, { residentKey: 'required', requireResidentKey: true, userVerification: 'required' })
    return webauthn.create(data.creation_options)
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const said = form.querySelector('[data-said]')
      said.textContent = ''
      try {
        form.elements.credential.value = JSON.stringify(await ask(form))
        form.submit()
      } catch {
        said.textContent = FAILED
      }
    })
  }
})()
