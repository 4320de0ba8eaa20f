import { compileQuery, type CompiledQuery } from '../query';
import { sortDocuments } from '../sort';
import { isDocument, type Document, type Value } from '../values';
import { requestFailed, unsupported } from '../wire-error';
import { compileBucket, compileGroup, type StageRun } from './group-stage';
import {
  compileCount,
  compileLimit,
  compileLookup,
  compileSample,
  compileSkip,
  compileUnwind,
} from './list-stages';
import { compileAddFields, compileProject, compileReplaceRoot } from './shape-stages';

export interface Stage {
  name: string;
  value: Value;
}

/** Where the documents of a pipeline come from. */
export interface PipelineSource {
  /** Milliseconds since the epoch that `$$NOW` stands for. */
  now: number;
  /** The documents of the collection that can match, and maybe others. */
  candidates: (query: CompiledQuery) => Iterable<Document>;
  /** All documents of another collection. */
  documentsOf: (collection: string) => Iterable<Document>;
}

export interface CompiledPipeline {
  /** Pure, so it may be cut off by a time limit. */
  run: () => Document[];
  /** Whether regular expressions take part, so that the limit should be a short one. */
  usesPatterns: boolean;
}

function filterOf(value: Value): CompiledQuery {
  if (!isDocument(value)) throw requestFailed('the match filter must be an expression in an object');
  return compileQuery(value);
}

function compileSort(value: Value): StageRun {
  if (!isDocument(value) || Object.keys(value).length === 0) {
    throw requestFailed('$sort stage must have at least one sort key');
  }
  return (documents) => sortDocuments(documents, value);
}

function compileSortByCount(value: Value, now: number): StageRun {
  const group = compileGroup({ _id: value, count: { $sum: 1 } }, now);
  return (documents) => sortDocuments(group(documents), { count: -1 });
}

function compileStage({ name, value }: Stage, source: PipelineSource): StageRun {
  switch (name) {
    case '$match': {
      const { test, usesPatterns } = filterOf(value);
      return Object.assign((documents: readonly Document[]) => documents.filter(test), { usesPatterns });
    }
    case '$project':
      return compileProject(value, source.now);
    case '$addFields':
      return compileAddFields(value, source.now);
    case '$group':
      return compileGroup(value, source.now);
    case '$bucket':
      return compileBucket(value, source.now);
    case '$sortByCount':
      return compileSortByCount(value, source.now);
    case '$sort':
      return compileSort(value);
    case '$limit':
      return compileLimit(value);
    case '$skip':
      return compileSkip(value);
    case '$unwind':
      return compileUnwind(value);
    case '$lookup':
      return compileLookup(value, source.documentsOf);
    case '$count':
      return compileCount(value);
    case '$replaceRoot':
      return compileReplaceRoot(value, source.now);
    case '$sample':
      return compileSample(value);
    default:
      throw unsupported(`the aggregation stage ${name}`);
  }
}

/**
 * Compiles an aggregation.
 * @throws WireError DATABASE_INVALID_OPERRATOR naming what is not supported, or DATABASE_REQUEST_FAILED
 */
export function compilePipeline(stages: readonly Stage[], source: PipelineSource): CompiledPipeline {
  const [first, ...others] = stages;
  // A leading $match can use an index.
  const query = filterOf(first?.name === '$match' ? first.value : {});
  const runs = (first?.name === '$match' ? others : stages).map((stage) => compileStage(stage, source));
  const run = () => {
    const matching = Array.from(source.candidates(query)).filter(query.test);
    return runs.reduce<Document[]>((documents, stage) => stage(documents), matching);
  };
  const usesPatterns = query.usesPatterns || runs.some((stage) => stage.usesPatterns === true);
  return { run, usesPatterns };
}
