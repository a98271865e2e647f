// Lets people see the password they type. The buttons stay hidden without this.
for (const button of document.querySelectorAll("button[data-shows]")) {
  const input = document.getElementById(button.dataset.shows);
  const show = button.textContent;
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : show;
  };
  input.spellcheck = false;
  input.autocapitalize = "off";
  button.hidden = false;
  button.addEventListener("click", () => set(input.type === "password"));
  // It is sent as a password, so that browsers offer to keep it and show it to nobody who comes later.
  input.form.addEventListener("submit", () => set(false));
}
