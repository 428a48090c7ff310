// Workflows on DBOS and PostgreSQL: node dbos.cjs URL FLOWS STEPS ROUNDS
// Answers with a line of JSON for each round: steps a second, from the start of the first workflow to the result of the last.
const { DBOS } = require("@dbos-inc/dbos-sdk");
const [url, flows, steps, rounds] = process.argv.slice(2);

const workflow = DBOS.registerWorkflow(
    async () => {
        let n = 0;
        for (let step = 0; step < Number(steps); step++) n = await DBOS.runStep(async () => n + 1, { name: `s${step}` });
        return n;
    },
    { name: "sets" },
);

async function main() {
    DBOS.setConfig({ name: "bench", systemDatabaseUrl: url, logLevel: "error", runAdminServer: false });
    await DBOS.launch();
    for (let round = 0; round <= Number(rounds); round++) {
        const began = process.hrtime.bigint();
        const handles = await Promise.all(Array.from({ length: Number(flows) }, () => DBOS.startWorkflow(workflow)()));
        const results = await Promise.all(handles.map((handle) => handle.getResult()));
        if (results.some((result) => result !== Number(steps))) throw new Error(`unexpected result ${results}`);
        // The first round finds its way.
        if (round > 0) console.log(JSON.stringify((flows * steps) / (Number(process.hrtime.bigint() - began) / 1e9)));
    }
    await DBOS.shutdown();
}

main().then(() => process.exit(0));
