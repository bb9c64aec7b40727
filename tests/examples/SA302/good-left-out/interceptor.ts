import axios from "axios";
import pino from "pino";

const log = pino();

export class Maps {
  private readonly client = axios.create({ baseURL: "https://maps.example" });

  constructor(private readonly config: { apiKey: string }) {
    this.client.interceptors.request.use((sent) => {
      sent.params.key = this.config.apiKey;
      log.info({ url: sent.url, params: { ...sent.params, key: "[hidden]" } }, "sent");
      return sent;
    });
  }
}

export class Places {
  private readonly client = axios.create({ baseURL: "https://places.example" });
  private readonly config: { apiKey: string };

  constructor(config: { apiKey: string }) {
    this.config = { ...config };
    this.client.interceptors.request.use((config) => {
      config.params.key = this.config.apiKey;
      log.info({ url: config.url, params: { ...config.params, key: "[hidden]" } }, "sent");
      return config;
    });
  }
}

export const places = () => new Places({ apiKey: process.env.PLACES_API_KEY ?? "" });
