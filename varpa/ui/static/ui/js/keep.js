// Text typed into a form with data-keep outlives a lost session, a closed tab, a dead battery.
// It waits in localStorage under the form's address, is put back when the form is shown again empty-handed,
// and goes when the server has answered a submit with a page without the form's errors (data-keep-done).

export {};
