export class Tools {
  two = async () => ({ content: [] });
  async three() {
    return { content: [] };
  }
  async five() {
    console.error("five");
    return { content: [] };
  }
}
