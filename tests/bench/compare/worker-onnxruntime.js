// worker-onnxruntime.js FOLDER MODEL THREADS: ONNX Runtime on an exported model, on request.
//
// FOLDER is where `npm install --ignore-scripts onnxruntime-node` was run.  The commands are those
// of ../bench-session.c; "codes" is told here, not asked, and "all" is one call for each task where
// the model takes a code, else a single call.
'use strict';
const fs = require('fs');
const readline = require('readline');
const [folder, model, threads] = process.argv.slice(2);
const ort = require(require.resolve('onnxruntime-node', { paths: [folder] }));

let session, image, codes;

function feeds(task) {
  if (!session.inputNames.includes('code')) return { image };
  return { image, code: new ort.Tensor('float32', Float32Array.from(codes[task]), [codes[task].length]) };
}

// Only the outputs that are wanted are asked for: the others need not be copied then.
async function predict(tasks, code) {
  return session.run(feeds(code), tasks);
}

async function timed(work) {
  const start = process.hrtime.bigint();
  await work();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

async function all() {
  if (!session.inputNames.includes('code')) return predict(session.outputNames);
  for (const task of session.outputNames) await predict([task], task);
}

function write(path, tensor) {
  const data = tensor.data;
  fs.writeFileSync(path, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
}

const commands = {
  async name() {
    return { name: 'ONNX Runtime ' + ort.env.versions.node };
  },
  async codes(text) {
    codes = JSON.parse(text);
    return {};
  },
  async image(height, width, path) {
    const bytes = fs.readFileSync(path);
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    image = new ort.Tensor('float32', numbers, [1, 3, Number(height), Number(width)]);
    return {};
  },
  one: (task) => timed(() => predict([task], task)),
  all: () => timed(all),
  async write(task, path) {
    write(path, (await predict([task], task))[task]);
    return {};
  },
  async memory() {
    return { bytes: process.resourceUsage().maxRSS * 1024 };
  },
};

async function main() {
  session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: Number(threads),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [command, ...args] = line.split(' ');
    let answer;
    try {
      answer = await commands[command](...args);
    } catch (error) {
      answer = { error: String(error) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}

main();
