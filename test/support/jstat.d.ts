/** The parts of jstat that tests use as an oracle; the package has no types of its own. */
declare module 'jstat' {
  interface Distribution<P extends readonly number[]> {
    pdf(x: number, ...parameters: P): number;
    cdf(x: number, ...parameters: P): number;
    inv(p: number, ...parameters: P): number;
  }
  const jStat: {
    readonly normal: Distribution<[mean: number, deviation: number]>;
    readonly studentt: Distribution<[degreesOfFreedom: number]>;
    readonly beta: Distribution<[alpha: number, beta: number]>;
    readonly binomial: Distribution<[n: number, p: number]>;
    readonly chisquare: Distribution<[degreesOfFreedom: number]>;
    readonly hypgeom: Distribution<[population: number, marked: number, drawn: number]>;
    gammaln(x: number): number;
    ibeta(x: number, alpha: number, beta: number): number;
    mean(values: readonly number[]): number;
    variance(values: readonly number[], sample: boolean): number;
    corrcoeff(x: readonly number[], y: readonly number[]): number;
    quantiles(values: readonly number[], levels: readonly number[], alphaP: number, betaP: number): number[];
  };
  export default jStat;
}
