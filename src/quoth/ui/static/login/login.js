const form = document.getElementById('login');
const open = () => location.replace(location.href);
// After a link from another site the browser keeps the session to itself; from here on it sends it.
fetch('quoth/login').then((response) => { if (response.status === 204) open(); });
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const box = document.getElementById('password');
  const response = await fetch('quoth/login', { method: 'POST', headers: { 'X-Quoth': '1' }, body: box.value });
  if (response.ok) {
    open();
    return;
  }
  form.querySelector('[role=alert]').textContent = await response.text();
  box.select();
});
