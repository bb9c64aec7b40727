import axios from "axios";

export async function order(id: string) {
  try {
    return await axios.get(`https://shop.example.com/${id}`, { headers: { "x-api-key": process.env.SHOP_KEY } });
  } catch (error) {
    console.error("failed", error.config.headers); // expect: SA304
    console.error("failed", error.request); // expect: SA304
    console.error("failed", error.config.url, error.config.method);
    throw error;
  }
}
