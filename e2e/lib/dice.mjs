// Chance that can be had again.

/** Numbers below a limit, the same for the same seed. */
export function sequence(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}
