export class Work {
  run() {
    this.step(1);
  }
  private step(n: number) {
    console.log("step", n); // expect: SA204
    [1, 2].forEach((one) => {
      console.log("part", one); // expect: SA204
    });
  }
  unused() {
    console.log("nobody asks");
  }
}
