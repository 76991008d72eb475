/** The name of this open page: what it asks for is not told to it as news. */
export const PAGE = [...crypto.getRandomValues(new Uint32Array(3))]
  .map((number) => number.toString(36))
  .join("-");
