// What one made function or object holds is no other's.
const keep = (value) => ({ get: () => value, show: () => `<${value}>` });

class Line {
  constructor(first) {
    this.words = [first];
  }
  add(word) {
    this.words.push(word);
    return this;
  }
  text() {
    return this.words.join(" ");
  }
}

const hidden = keep(process.env.MAIL_PASSWORD);
const plain = keep("plain");
const times = (value) => (number) => value.repeat(number);

console.log(hidden.get()); // expect: SA302
console.log(plain.get());
console.log(hidden.show()); // expect: SA302
console.log(plain.show());
console.log(times(process.env.MAIL_PASSWORD)(2)); // expect: SA302
console.log(times("-")(2));
console.log(new Line("a").add("b").add(process.env.MAIL_PASSWORD).text()); // expect: SA302
console.log(new Line("a").add("b").text());
