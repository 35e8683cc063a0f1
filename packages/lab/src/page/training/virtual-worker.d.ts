declare module 'virtual:worker' {
  /** The address of worker.ts as it was built: see vite.config.ts. */
  const address: string;
  export default address;
}
