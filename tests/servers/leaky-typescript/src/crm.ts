import type { Logger } from 'pino';
import { formatBearer } from './secrets.js';

const CRM = 'https://crm.example';

export interface Customer {
  id: string;
  name: string;
}

interface Grant {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
}

export class Crm {
  private refreshToken = '';

  constructor(private readonly logger: Logger) {
    this.logger.info('client secret is ' + process.env.CRM_CLIENT_SECRET); // expect: SA302
  }

  private async login(): Promise<string> {
    this.logger.debug({ refreshing: this.refreshToken !== '' }, 'login'); // ok
    const response = await fetch(`${CRM}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: process.env.CRM_CLIENT_ID ?? '',
        client_secret: process.env.CRM_CLIENT_SECRET ?? '',
        ...(this.refreshToken === ''
          ? { grant_type: 'client_credentials' }
          : { grant_type: 'refresh_token', refresh_token: this.refreshToken }),
      }),
    });
    if (!response.ok) {
      this.logger.error({ previous: this.refreshToken, status: response.status }, 'login failed'); // expect: SA302
      throw new Error('The CRM refused the login');
    }
    const { access_token: issued, refresh_token, token_type, expires_in } = (await response.json()) as Grant;
    this.logger.info({ token_type, expires_in }, 'logged in'); // ok
    this.logger.debug('issued %s', issued); // expect: SA302
    this.refreshToken = refresh_token;
    return issued;
  }

  private async get<T>(path: string): Promise<T> {
    const header = formatBearer(await this.login());
    this.logger.trace({ path, header }, 'asking the CRM'); // expect: SA302
    const response = await fetch(new URL(path, CRM), { headers: { authorization: header } });
    if (!response.ok) throw new Error(`The CRM answered ${response.status}`);
    return (await response.json()) as T;
  }

  async search(words: string): Promise<Customer[]> {
    const found: Customer[] = [];
    let nextPageToken: string | undefined = '';
    while (nextPageToken !== undefined) {
      this.logger.debug({ nextPageToken }, 'next page'); // ok
      const page: { customers: Customer[]; nextPageToken?: string } = await this.get(
        `/customers?${new URLSearchParams({ q: words, pageToken: nextPageToken })}`,
      );
      found.push(...page.customers);
      nextPageToken = page.nextPageToken;
    }
    return found;
  }

  async notes(id: string): Promise<string[]> {
    return this.get(`/customers/${encodeURIComponent(id)}/notes`);
  }
}
