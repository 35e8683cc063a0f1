import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { droppedFiles } from '../data/given-files.ts';
import { laboratory } from '../store/laboratory.ts';

/** Takes files that are dropped anywhere on the page, and says so while they are held above it. */
export function DropTarget() {
  const above = useSignal(false);
  useEffect(() => {
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      above.value = true;
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) above.value = false;
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      above.value = false;
      if (event.dataTransfer) laboratory.bring(droppedFiles(event.dataTransfer.items));
    };
    addEventListener('dragover', hold);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', hold);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [above]);
  return above.value ? (
    <p class="drop-target">Drop the folder of a run, a config, weights, or data of your own: CSV, NPY or IDX</p>
  ) : null;
}
