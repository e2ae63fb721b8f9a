// Figures that refresh by themselves while somebody looks at them; without this, one reloads.
const box = document.querySelector("[data-refresh]");

async function refresh() {
  if (document.hidden || box.contains(document.activeElement)) return;
  let response;
  try {
    response = await fetch(location.href);
  } catch {
    return; // the line is down: what stands there says of when it is
  }
  // Whoever has been signed out meanwhile is sent to the door.
  if (response.redirected) location.reload();
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  box.replaceChildren(...page.getElementById(box.id).childNodes);
}

setInterval(refresh, box.dataset.refresh * 1000);
