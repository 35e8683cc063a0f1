/** Pixels of the picture for one of the drawing, each way. */
const magnification = 2;

/** An SVG document as a PNG file, twice as large. */
export async function svgAsPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(magnification * image.naturalWidth, magnification * image.naturalHeight);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await canvas.convertToBlob({ type: 'image/png' });
}
