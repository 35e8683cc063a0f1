import { describe, expect, test } from 'vitest';
import { isFast, libraryAmong } from '../src/race/blas.ts';

// Where Debian's packages, wheels and Anaconda put the libraries.
const debian = '/usr/lib/x86_64-linux-gnu';

describe('the library by which a peer multiplies matrices', () => {
  test.each([
    ['reference BLAS', [`${debian}/blas/libblas.so.3.11.0`, `${debian}/lapack/liblapack.so.3.11.0`]],
    ['OpenBLAS', [`${debian}/openblas-pthread/libblas.so.3`, `${debian}/openblas-pthread/libopenblasp-r0.3.21.so`]],
    ['OpenBLAS', ['/opt/venv/lib/python3.12/site-packages/numpy.libs/libscipy_openblas64_-ff651d7f.so']],
    ['MKL', ['/opt/conda/lib/libmkl_rt.so.2']],
    ['MKL', [`${debian}/mkl/libblas.so`]],
    ['BLIS', [`${debian}/blis-pthread/libblas.so.3`]],
    ['ATLAS', [`${debian}/atlas/libblas.so.3`]],
    ['unknown', ['/home/blas/lib/python3/site-packages/torch/lib/libtorch_cpu.so']],
  ])('%s: %j', (library, files) => {
    expect(libraryAmong(['/usr/bin/python3.11', ...files])).toBe(library);
  });

  test('the reference BLAS is no peer, whatever it reaches, nor is what is as slow', () => {
    expect(isFast({ library: 'OpenBLAS', gigaflops: 40 })).toBe(true);
    expect(isFast({ library: 'unknown', gigaflops: 40 })).toBe(true);
    expect(isFast({ library: 'reference BLAS', gigaflops: 9 })).toBe(false);
    expect(isFast({ library: 'OpenBLAS', gigaflops: 1.3 })).toBe(false);
  });
});
