// A queue and its worker on BullMQ: node bullmq.cjs SOCKET PARALLEL PYTHON FOLDER
// Each line on standard input is an order; each is answered with one line of JSON.
//   burst KIND COUNT   runs so many and tells how many seconds that took, from when all are accepted
//   one KIND ARGUMENT  accepts one and tells the monotonic time of that
// KIND: inside (a function in this process), python (a Python for each), or a path of an executable.
const { Queue, Worker } = require("bullmq");
const { spawn } = require("child_process");
const [socket, parallel, python, folder] = process.argv.slice(2);
const connection = { path: socket, maxRetriesPerRequest: null };

const commands = { python: [python, ["-c", "from functions import nothing; nothing()"]] };

function run(job) {
    if (job.name === "inside") return;
    const [program, words] = commands[job.name] ?? [job.name, job.data.words];
    return new Promise((done, failed) => {
        const child = spawn(program, words, { stdio: "ignore", cwd: folder });
        child.on("error", failed);
        child.on("close", (status) => (status === 0 ? done(status) : failed(new Error(`status ${status}`))));
    });
}

const queue = new Queue("work", { connection });
const worker = new Worker("work", run, { connection, concurrency: Number(parallel) });
let left = 0;
let finished = () => {};
worker.on("completed", () => --left || finished());
worker.on("failed", (job, error) => { throw error; });

async function burst(name, count) {
    await worker.pause();
    left = count;
    const over = new Promise((done) => (finished = done));
    await queue.addBulk(Array.from({ length: count }, () => ({ name, data: { words: [] } })));
    const began = process.hrtime.bigint();
    worker.resume();
    await over;
    return Number(process.hrtime.bigint() - began) / 1e9;
}

async function one(name, word) {
    await queue.add(name, { words: word ? [word] : [] });
    return Number(process.hrtime.bigint()) / 1e9;
}

async function main() {
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
    console.log("0");
    for await (const line of require("readline").createInterface({ input: process.stdin })) {
        const [order, name, word] = line.split(" ");
        console.log(JSON.stringify(order === "burst" ? await burst(name, Number(word)) : await one(name, word)));
    }
    process.exit(0);
}

main();
