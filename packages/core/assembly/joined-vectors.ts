/**
 * Whether the engine joins pairs of instructions of 128 bits to one of 256. Then a tile of a product needs twice as many sums to keep the
 * processor's adders busy, and has registers for them; where not, it has none. What comes out has the same bits.
 */
@external('env', 'joinsVectors')
export declare const joinsVectors: bool;
