/** Numbers of the samples at positions first … first + count − 1 of the endless sequence of epochs. */
export function sampleNumbers(order: Uint32Array, first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => order[(first + i) % order.length]!);
}
