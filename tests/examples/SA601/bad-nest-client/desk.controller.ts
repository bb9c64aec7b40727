import { Body, Controller, Get, Injectable, Post, Query } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';

@Injectable()
export class DeskService {
  constructor(private readonly http: HttpService) {}

  async tell(address: string) {
    return firstValueFrom(this.http.post(address, { ok: true })); // expect: SA601
  }

  async ask(address: string) {
    return this.http.axiosRef.get(address); // expect: SA601
  }

  async known() {
    return firstValueFrom(this.http.get('https://desk.example/notes'));
  }
}

@Controller('desk')
export class DeskController {
  constructor(private readonly desk: DeskService) {}

  @Post()
  async tell(@Body('address') address: string) {
    return this.desk.tell(address);
  }

  @Get()
  async ask(@Query('address') address: string) {
    return this.desk.ask(address);
  }
}
