import express, { Router } from "express";
export const router = Router();
const logged = (req, res, next) => {
  console.error(`${req.method} ${req.originalUrl}`);
  next();
};
router.use(logged);
router.param("id", (req, res, next, id) => {
  console.error(`id ${id}`); // expect: SA202
  next();
});
router.get("/n/:id", ({ params, query, body, headers }, res) => {
  console.error(`id ${params.id}`); // expect: SA202
  console.error(`who ${query.who}`); // expect: SA202
  console.error(`body ${body.title}`); // expect: SA202
  res.send("ok");
});
router.post("/n", async ({ body: { title, text } }, res) => {
  console.error(`t ${title}`); // expect: SA202
  res.send("ok");
});
const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
router.put("/n/:id", wrap(async (req, res) => {
  console.error(`t ${req.params.id}`); // expect: SA202
  const { title } = req.body;
  console.error(`t ${title}`); // expect: SA202
  res.send("ok");
}));
class Notes {
  constructor() { this.create = this.create.bind(this); }
  create(req, res) {
    console.error(`t ${req.body.title}`); // expect: SA202
    res.send("ok");
  }
  list = (request, response) => {
    console.error(`t ${request.query.q}`); // expect: SA202
  };
  static async show(ctx, next) {
    res.send("ok");
  }
}
const notes = new Notes();
router.route("/notes").post(notes.create).get(notes.list);
router.all("*path", (r, s) => {
  console.error(`t ${r.url} ${r.get("x-who")}`);
});
const app = express();
app.use("/x", router);
app.use((err, req, res, next) => {
  console.error(`failed ${req.path}`);
});
function register(app) {
  app.get("/y", (r, s) => {
    console.error(`t ${r.query.x}`); // expect: SA202
  });
}
register(app);
