/* "Copy link": the address as the browser has it, so that every filter, the page and any prefix of the host are in it. */
export default function (component) {
  const { data, parentElement } = component;
  const button = parentElement.querySelector("button"), label = parentElement.querySelector(".label");
  const said = parentElement.querySelector(".said"), field = parentElement.querySelector("input");
  label.textContent = data.copy;
  field.setAttribute("aria-label", data.address);

  /* Community Cloud runs the app in a frame under /~/+/: the address to share has no such part. */
  function address() {
    const here = new URL(window.location.href);
    here.pathname = here.pathname.replace(/^\/~\/\+(?=\/|$)/, "") || "/";
    return here.href;
  }

  function local() {
    return ["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname);
  }

  function show(text, text2) {
    field.hidden = false;
    field.value = text;
    field.select();
    said.textContent = text2;
  }

  button.onclick = async function () {
    const text = address();
    try {
      await navigator.clipboard.writeText(text);
      field.hidden = true;
      said.textContent = local() ? data.copied_local : data.copied;
    } catch {
      show(text, data.by_hand);
    }
  };
  return function () { button.onclick = null; };
}
