import express from "express";

class ReportService {
  render(title: string) {
    console.log(`rendering ${title}`); // expect: SA202
    return title.length;
  }
}

class AuditService {
  write(title: string) {
    console.log(`rendering ${title}`);
  }
}

const app = express();
const reports = new ReportService();
const audit = new AuditService();

app.get("/render", (req, res) => {
  reports.render(req.query.title as string);
  audit.write(req.query.title as string); // expect: SA202
  res.end();
});

app.listen(3000);
