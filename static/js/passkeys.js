// Passkeys: what the server asks goes to the browser, what the device answers goes into the form, and the form is sent.
// Options stand in the page as data (#passkey-options) or are fetched when the button is pressed (data-passkey-fetch).

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const text = (buffer) => {
  if (!buffer) return undefined;
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

const create = async (options, alone) => {
  const { publicKey } = options;
  const kept = alone
    ? { residentKey: "required", requireResidentKey: true, userVerification: "required" }
    : { residentKey: "discouraged", requireResidentKey: false };
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: { ...publicKey.authenticatorSelection, ...kept },
    },
  });
};

const get = async ({ publicKey }) => navigator.credentials.get({
  publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: known(publicKey.allowCredentials),
  },
});

const answer = (credential) => {
  const { response } = credential;
  const parts = {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: text(response.userHandle),
    transports: response.getTransports?.(),
  };
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  });
};

const asked = async (form) => {
  if (form.dataset.passkeyFetch === undefined) {
    return JSON.parse(document.getElementById("passkey-options").textContent);
  }
  const found = await fetch(form.action, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  if (!found.ok) throw new Error(`The server answered ${found.status}.`);
  return found.json();
};

const ceremony = async (form) => {
  const options = await asked(form);
  const alone = form.elements.passwordless?.checked ?? false;
  return form.dataset.passkey === "create"
    ? create(options.creation_options, alone)
    : get(options.request_options);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const error = form.querySelector("[data-passkey-error]");
  if (window.PublicKeyCredential) form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    error.hidden = true;
    try {
      form.elements.credential.value = answer(await ceremony(form));
      form.submit();
    } catch {
      error.hidden = false;
    }
  }, true);
}
