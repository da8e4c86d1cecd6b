import type { ReportModel } from '../../model.ts';
import type { Column, Table } from '../column.ts';

/** The part of a table that its description needs; the type of its rows does not matter there. */
export type TableDescription = Omit<Table<unknown>, 'columns'> & {
  readonly columns: readonly Omit<Column<unknown>, 'value'>[];
};

const schemaVersion = '1';

const fieldOf = ({ name, type, description, unit, values }: TableDescription['columns'][number], isKey: boolean) => ({
  name,
  type,
  ...(type === 'datetime' ? { format: 'default' } : {}),
  description,
  ...(unit === undefined ? {} : { unit }),
  ...(isKey || values !== undefined
    ? { constraints: { ...(isKey ? { required: true } : {}), ...(values === undefined ? {} : { enum: values }) } }
    : {}),
});

/** Columns of a key that may be empty are no key to a validator. */
const optionalKeys: ReadonlySet<string> = new Set(['suite']);

const schemaOf = ({ columns, key }: TableDescription) => ({
  $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
  missingValues: [''],
  fields: columns.map((column) => fieldOf(column, key.includes(column.name) && !optionalKeys.has(column.name))),
  ...(key.some((name) => optionalKeys.has(name)) ? {} : { primaryKey: key }),
});

/** A column's description without what computes it, so that tables of different rows can be listed together. */
export const describe = <Row>({ columns, ...table }: Table<Row>): TableDescription => ({
  ...table,
  columns: columns.map(({ value: _value, ...column }) => column),
});

/** The data dictionary of the tables: a Data Package v2 descriptor. */
export const dataPackage = (model: ReportModel, tables: readonly TableDescription[]): string =>
  `${JSON.stringify(
    {
      $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
      name: 'tacho-report',
      title: model.run.name,
      description:
        'Every attempt, model call and aggregate of a run. Rates are 0…1, durations in seconds; an empty cell is unknown, never 0.',
      created: model.run.createdAt,
      version: schemaVersion,
      resources: tables.map((table) => ({
        $schema: 'https://datapackage.org/profiles/2.0/dataresource.json',
        name: table.name,
        title: table.title,
        type: 'table',
        path: `tables/${table.name}.csv`,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        dialect: {
          $schema: 'https://datapackage.org/profiles/2.0/tabledialect.json',
          delimiter: ',',
          lineTerminator: '\n',
          quoteChar: '"',
        },
        schema: schemaOf(table),
      })),
    },
    null,
    1,
  )}\n`;
