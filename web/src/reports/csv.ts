// Tables as files: separated by commas, with a mark that lets spreadsheets read the letters.

export type Cell = string | number | null;

export function downloadCsv(name: string, rows: Cell[][]): void {
  const text = rows.map((row) => row.map(written).join(",")).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\uFEFF${text}\r\n`], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Quoted where it must be; what a spreadsheet would take for a formula is made a text. */
function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
