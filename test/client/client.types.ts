import openapiTS, { type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from '../support/stack';

/** The types of the client, made by `npm run client` and kept in the repository. */
export const TYPES_FILE = join(repositoryRoot, 'libs/client/src/api.types.ts');

/** The TypeScript of an OpenAPI document, formatted as the rest of the code is. */
export async function clientTypes(document: object): Promise<string> {
  const nodes = await openapiTS(document as OpenAPI3, {
    // A field with a default may be left out by who sends it; who answers says that it is there in `required`.
    defaultNonNullable: false,
    transformProperty: orUndefined,
  });
  const printer = ts.createPrinter();
  const file = ts.createSourceFile('api.types.ts', '', ts.ScriptTarget.ESNext);
  const types = nodes.map((node) => printer.printNode(ts.EmitHint.Unspecified, node, file)).join('\n');
  return format(`// Made by npm run client from the served OpenAPI document.\n\n${types}`, {
    ...(await resolveConfig(TYPES_FILE)),
    parser: 'typescript',
  });
}

/** What may be left out may also be undefined, as it is where zod infers the type: JSON and addresses leave it out then. */
function orUndefined(property: ts.PropertySignature): ts.PropertySignature {
  if (property.questionToken === undefined || property.type === undefined) return property;
  const undefinedType = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  const type = ts.factory.createUnionTypeNode([property.type, undefinedType]);
  return ts.factory.updatePropertySignature(property, property.modifiers, property.name, property.questionToken, type);
}
