describe("go", () => {
  it("goes", () => {});
});
