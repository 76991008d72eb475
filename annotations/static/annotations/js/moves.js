/** Where to go from here. Rows are { id, index, isDecided, isSkipped } in the order of the list. */

/** The id one step down (1) or up (-1); from a sentence outside the list, the nearest that way. */
export function step(rows, from, direction) {
  const place = rows.findIndex((row) => row.id === from.id);
  if (place >= 0) return rows[place + direction]?.id ?? from.id;
  const ahead = rows.filter((row) => (row.index - from.index) * direction > 0);
  ahead.sort((one, other) => (one.index - other.index) * direction);
  return ahead[0]?.id ?? from.id;
}

/** The next row to decide, going round once; skipped rows come last. Null where none is left. */
export function nextUndecided(rows, from) {
  const place = rows.findIndex((row) => row.id === from.id);
  const start = place >= 0 ? place + 1 : rows.findIndex((row) => row.index > from.index);
  const round = start > 0 ? [...rows.slice(start), ...rows.slice(0, start)] : rows;
  const open = round.filter((row) => !row.isDecided && row.id !== from.id);
  return (open.find((row) => !row.isSkipped) ?? open[0])?.id ?? null;
}

/** Sort rows for reading (by place in the text) or by score, highest first. */
export function inOrder(rows, order) {
  const byIndex = (one, other) => one.index - other.index;
  const byScore = (one, other) => other.score - one.score || byIndex(one, other);
  return [...rows].sort(order === "score" ? byScore : byIndex);
}
