/** Terms of the series of cosine and sine that are used: the next is below 1e-17 up to an eighth of a turn. */
const terms = 9;

/**
 * (cos 2πt, sin 2πt), to about 1e-16, t at least 0. Made of additions, multiplications and divisions only, which round alike everywhere:
 * `Math.cos` and `Math.sin` may differ from one JavaScript engine to the next.
 */
export function turn(t: number): readonly [cosine: number, sine: number] {
  const quarter = Math.round(4 * t);
  // 4t − quarter is exact: from −½ to ½ of a quarter turn.
  const angle = ((4 * t - quarter) * Math.PI) / 2;
  const square = angle * angle;
  let [cosine, sine] = [1, 1];
  for (let n = 2 * terms; n > 0; n -= 2) {
    cosine = 1 - (square * cosine) / (n * (n - 1));
    sine = 1 - (square * sine) / (n * (n + 1));
  }
  sine *= angle;
  switch (quarter % 4) {
    case 0:
      return [cosine, sine];
    case 1:
      return [-sine, cosine];
    case 2:
      return [-cosine, -sine];
    default:
      return [sine, -cosine];
  }
}
