// What goes wrong while a page loads and is used: put before everything else that a page runs, it keeps the faults in `window.faults`.
(() => {
  const faults = (window.faults = []);
  addEventListener("error", (event) => {
    const { target } = event;
    faults.push(target === window ? event.message : `not loaded: ${target.src ?? target.href}`);
  }, true);
  addEventListener("unhandledrejection", (event) => faults.push(`no answer: ${event.reason}`));
  document.addEventListener("securitypolicyviolation", (event) => faults.push(`refused: ${event.violatedDirective} ${event.blockedURI}`));
  for (const name of ["error", "warn"]) {
    const write = console[name];
    console[name] = (...words) => {
      faults.push(`console: ${words.join(" ")}`);
      write.apply(console, words);
    };
  }
})();
