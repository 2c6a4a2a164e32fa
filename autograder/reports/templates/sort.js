// Click a column's title to sort by it. A row with nothing in that column stays at the end.
for (const table of document.querySelectorAll("table.class")) {
  const body = table.tBodies[0];
  const titles = [...table.tHead.rows[0].cells];
  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
  const compare = (a, b) =>
    isNaN(a) || isNaN(b) ? a.localeCompare(b, "ko", { numeric: true }) : Number(a) - Number(b);

  titles.forEach((title, column) => {
    if (title.classList.contains("unsorted")) return;
    const button = document.createElement("button");
    button.append(...title.childNodes);
    title.append(button);
    button.addEventListener("click", () => {
      const direction = title.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      titles.forEach((other) => other.removeAttribute("aria-sort"));
      title.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      const rows = [...body.rows].sort((one, two) => {
        const a = keyOf(one, column);
        const b = keyOf(two, column);
        if (a === "" || b === "") return (a === "") - (b === "");
        return sign * compare(a, b);
      });
      body.append(...rows);
    });
  });
}
