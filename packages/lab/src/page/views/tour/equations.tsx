import type { ComponentChildren } from 'preact';

// Equations of Golkar et al. 2020, set in MathML, which browsers typeset themselves.

function Equation({ number, children }: { number: string; children: ComponentChildren }) {
  return (
    <div class="equation-line">
      <math display="block">
        <mrow>{children}</mrow>
      </math>
      <span class="number">{number}</span>
    </div>
  );
}

const W1 = (
  <msub>
    <mi>W</mi>
    <mn>1</mn>
  </msub>
);
const W2 = (
  <msub>
    <mi>W</mi>
    <mn>2</mn>
  </msub>
);
const W2T = (
  <msubsup>
    <mi>W</mi>
    <mn>2</mn>
    <mo>⊤</mo>
  </msubsup>
);
const transposed = (symbol: string) => (
  <msup>
    <mi>{symbol}</mi>
    <mo>⊤</mo>
  </msup>
);
const eta = (index: ComponentChildren) => (
  <msub>
    <mi>η</mi>
    {index}
  </msub>
);
const mean = (
  <mrow>
    <mfrac>
      <mn>1</mn>
      <mi>T</mi>
    </mfrac>
    <munder>
      <mo>∑</mo>
      <mi>t</mi>
    </munder>
  </mrow>
);

/** (1): reduced-rank regression. */
export function Regression() {
  return (
    <Equation number="(1)">
      <munder>
        <mi>min</mi>
        <mrow>
          {W1}
          <mo>,</mo>
          {W2}
        </mrow>
      </munder>
      {mean}
      <msup>
        <mrow>
          <mo>‖</mo>
          <mi>y</mi>
          <mo>−</mo>
          {W2}
          {W1}
          <mi>x</mi>
          <mo>‖</mo>
        </mrow>
        <mn>2</mn>
      </msup>
    </Equation>
  );
}

/** z = W1 x, ŷ = W2 z. */
export function ForwardPass() {
  return (
    <Equation number="">
      <mi>z</mi>
      <mo>=</mo>
      {W1}
      <mi>x</mi>
      <mo>,</mo>
      <mspace width="1em" />
      <mover>
        <mi>y</mi>
        <mo>^</mo>
      </mover>
      <mo>=</mo>
      {W2}
      <mi>z</mi>
    </Equation>
  );
}

/** (2): backpropagation of the error. */
export function Backpropagation() {
  return (
    <Equation number="(2)">
      <mi>Δ</mi>
      {W1}
      <mo>=</mo>
      {eta(<mn>1</mn>)}
      <mspace width="0.2em" />
      {W2T}
      <mi>ε</mi>
      <mspace width="0.2em" />
      {transposed('x')}
      <mo>,</mo>
      <mspace width="0.8em" />
      <mi>ε</mi>
      <mo>=</mo>
      <mi>y</mi>
      <mo>−</mo>
      {W2}
      <mi>z</mi>
    </Equation>
  );
}

/** The constraint on the activity. */
export function GainControl() {
  return (
    <Equation number="(3)">
      {mean}
      <mi>z</mi>
      {transposed('z')}
      <mo>⪯</mo>
      <mi>I</mi>
    </Equation>
  );
}

/** (5): what the plateau teaches. */
export function Plateau() {
  return (
    <Equation number="(5)">
      <mi>Δ</mi>
      {W1}
      <mo>=</mo>
      {eta(<mn>1</mn>)}
      <mo>(</mo>
      <mi>a</mi>
      <mo>−</mo>
      <mi>Q</mi>
      <mi>n</mi>
      <mo>)</mo>
      {transposed('x')}
      <mo>,</mo>
      <mspace width="0.8em" />
      <mi>a</mi>
      <mo>=</mo>
      {W2T}
      <mi>y</mi>
    </Equation>
  );
}

/** (6), (7): Hebbian learning at the tuft. */
export function Hebbian() {
  return (
    <Equation number="(6, 7)">
      <mi>Δ</mi>
      {W2T}
      <mo>=</mo>
      {eta(<mn>2</mn>)}
      <mo>(</mo>
      <mi>z</mi>
      {transposed('y')}
      <mo>−</mo>
      {W2T}
      <mo>)</mo>
      <mo>,</mo>
      <mspace width="0.6em" />
      <mi>Δ</mi>
      <mi>Q</mi>
      <mo>=</mo>
      {eta(<mi>q</mi>)}
      <mo>(</mo>
      <mi>z</mi>
      {transposed('n')}
      <mo>−</mo>
      <mi>Q</mi>
      <mo>)</mo>
    </Equation>
  );
}

/** (18): the constraint is saturated at the optimum. */
export function Saturation() {
  return (
    <Equation number="(18)">
      {W1}
      <msub>
        <mi>C</mi>
        <mi>x</mi>
      </msub>
      <msubsup>
        <mi>W</mi>
        <mn>1</mn>
        <mo>⊤</mo>
      </msubsup>
      <mo>=</mo>
      <mi>I</mi>
    </Equation>
  );
}

/** (23): decoupled interneurons come to mirror Q. */
export function Decoupling() {
  return (
    <Equation number="(23)">
      {transposed('Q')}
      <mo>−</mo>
      <mi>R</mi>
      <mo>=</mo>
      <munder>
        <mo>∏</mo>
        <mi>t</mi>
      </munder>
      <mo>(</mo>
      <mn>1</mn>
      <mo>−</mo>
      {eta(<mi>q</mi>)}
      <mo>)</mo>
      <mspace width="0.3em" />
      <mo>(</mo>
      <msubsup>
        <mi>Q</mi>
        <mn>0</mn>
        <mo>⊤</mo>
      </msubsup>
      <mo>−</mo>
      <msub>
        <mi>R</mi>
        <mn>0</mn>
      </msub>
      <mo>)</mo>
    </Equation>
  );
}
