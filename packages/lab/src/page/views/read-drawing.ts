/** How much of the image what is drawn fills, as in MNIST: 20 of 28 pixels. */
const filled = 20 / 28;

/**
 * What was drawn as an image: as MNIST's images were made, it is scaled until its longer side fills 20 of 28 pixels, and its
 * centre of mass is put in the middle.
 */
export function readDrawing(
  context: CanvasRenderingContext2D,
  { height, width }: { readonly height: number; readonly width: number },
  magnification: number,
): Uint8Array {
  const { canvas } = context;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let [left, right, top, bottom] = [canvas.width, 0, canvas.height, 0];
  let [mass, massX, massY] = [0, 0, 0];
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const ink = data[4 * (y * canvas.width + x) + 3]!;
      if (ink === 0) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      mass += ink;
      massX += ink * x;
      massY += ink * y;
    }
  }
  if (mass === 0) return new Uint8Array(height * width);
  const longer = Math.max(right - left, bottom - top) + 1;
  const scale = Math.min(2, (filled * height) / (longer / magnification)) / magnification;
  const small = new OffscreenCanvas(width, height).getContext('2d')!;
  small.imageSmoothingQuality = 'high';
  small.setTransform(scale, 0, 0, scale, width / 2 - (scale * massX) / mass, height / 2 - (scale * massY) / mass);
  small.drawImage(canvas, 0, 0);
  const image = small.getImageData(0, 0, width, height).data;
  return Uint8Array.from({ length: height * width }, (_, i) => image[4 * i + 3]!);
}
