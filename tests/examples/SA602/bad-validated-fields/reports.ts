import { Body, Controller, Logger, Post } from "@nestjs/common";
import { IsIn, IsString, IsUUID, Matches } from "class-validator";
import { execSync } from "node:child_process";

class ReportDto {
  @IsString() title: string;
  @IsIn(["pdf", "csv"]) format: string;
  @IsUUID() owner: string;
  @Matches(/^[a-z]+$/) theme: string;
  @Matches(/^[a-z]/) style: string;
}

@Controller("reports")
export class ReportsController {
  private readonly logger = new Logger(ReportsController.name);

  @Post()
  make(@Body() report: ReportDto) {
    execSync(`render --format ${report.format} --owner ${report.owner} --theme ${report.theme}`);
    execSync(`render --style ${report.style}`); // expect: SA602 HIGH
    execSync(`render --title ${report.title}`); // expect: SA602 HIGH
  }
}
