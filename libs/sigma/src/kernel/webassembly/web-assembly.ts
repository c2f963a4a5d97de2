/**
 * As much of WebAssembly as is used here: the language's own library does not declare it. Undefined where there is
 * none.
 */
export type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number };

type Api = {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown };
  Memory: new (size: { initial: number }) => Memory;
};

export const webAssembly = (globalThis as { WebAssembly?: Api }).WebAssembly;
