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
