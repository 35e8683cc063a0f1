import { useRef } from 'preact/hooks';
import { type AnyImages, likeImages } from '../data/images.ts';
import { laboratory } from '../store/laboratory.ts';
import { store } from '../store/store.ts';
import { readDrawing } from './read-drawing.ts';

interface DrawingPadProps {
  /** Those that what is drawn is to be like. */
  readonly images: AnyImages;
}

/** How many pixels of the pad are one of the image. */
const magnification = 8;

/** A pad to draw on by hand: the circuits are shown what is drawn. */
export function DrawingPad({ images }: DrawingPadProps) {
  const { shape } = images;
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>(undefined);
  const [width, height] = [shape.width * magnification, shape.height * magnification];

  const draw = (event: PointerEvent) => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!canvas.current || !context || event.buttons === 0) return;
    const bounds = canvas.current.getBoundingClientRect();
    const point = [
      ((event.clientX - bounds.left) / bounds.width) * width,
      ((event.clientY - bounds.top) / bounds.height) * height,
    ] as const;
    context.lineWidth = 2.2 * magnification;
    context.lineCap = context.lineJoin = 'round';
    context.strokeStyle = '#fff';
    context.beginPath();
    context.moveTo(...(last.current ?? point));
    context.lineTo(...point);
    context.stroke();
    last.current = point;
    laboratory.showDrawing(likeImages(readDrawing(context, shape, magnification), images));
  };
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, width, height);
    laboratory.showDrawing(undefined);
  };
  return (
    <div class="pad">
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label="Pad to draw a digit on with the pointer"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = undefined;
          draw(event);
        }}
        onPointerMove={draw}
        onPointerUp={() => {
          last.current = undefined;
        }}
      />
      <p>
        {store.drawing.value ? (
          <button type="button" class="link" onClick={clear}>
            Clear the drawing
          </button>
        ) : (
          'or draw one here'
        )}
      </p>
    </div>
  );
}
