// The page is read in the language of its labels.
watch('value', () => {
  document.documentElement.lang = element.querySelector('[data-lang]').dataset.lang;
});
