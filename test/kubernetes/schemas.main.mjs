// Reads Kubernetes resources as a JSON array from standard input and prints, as one, what their schemas have against each: null, or the
// words. In a process of its own, because the models are ES modules, which Jest does not load.
import { text } from 'node:stream/consumers';

const faults = [];
for (const resource of JSON.parse(await text(process.stdin))) {
  try {
    const { [resource.kind]: Model } = await import(`kubernetes-models/${resource.apiVersion}/${resource.kind}`);
    new Model(resource).validate();
    faults.push(null);
  } catch (error) {
    faults.push(error.message);
  }
}
process.stdout.write(JSON.stringify(faults));
