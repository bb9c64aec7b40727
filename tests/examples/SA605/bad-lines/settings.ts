export const stores = {
  primary: {
    user: "shelves",
    password: "kT93hs-Pq0dmZ2", // expect: SA605
  },
};
