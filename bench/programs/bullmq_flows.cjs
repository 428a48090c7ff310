// Flows on BullMQ and Redis: node bullmq_flows.cjs SOCKET FLOWS STEPS ROUNDS
// Each flow is a chain of jobs, each the parent of the one before it, whose value it takes. Answers as dbos.cjs does.
const { FlowProducer, QueueEvents, Worker } = require("bullmq");
const [socket, flows, steps, rounds] = process.argv.slice(2);
const connection = { path: socket, maxRetriesPerRequest: null };

let left = 0;
let finished = () => {};

async function step(job) {
    const [before] = Object.values(await job.getChildrenValues());
    const n = (before ?? 0) + 1;
    if (n === Number(steps) && --left === 0) setImmediate(() => finished());
    return n;
}

function chain(number) {
    return { name: `s${number}`, queueName: "flows", data: {}, children: number > 0 ? [chain(number - 1)] : undefined };
}

async function main() {
    const producer = new FlowProducer({ connection });
    const worker = new Worker("flows", step, { connection, concurrency: 64 });
    await worker.waitUntilReady();
    for (let round = 0; round <= Number(rounds); round++) {
        left = Number(flows);
        const over = new Promise((done) => (finished = done));
        const began = process.hrtime.bigint();
        await producer.addBulk(Array.from({ length: Number(flows) }, () => chain(Number(steps) - 1)));
        await over;
        if (round > 0) console.log(JSON.stringify((flows * steps) / (Number(process.hrtime.bigint() - began) / 1e9)));
    }
}

main().then(() => process.exit(0));
