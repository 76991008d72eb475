"""Statements that every label takes: their SQL is made once, later only the values change.

Building a queryset and its SQL anew costs a label far more than the database takes to answer.
Nothing of an answer is kept: each call asks the database.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.expressions import Expression
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=models.Model)
Values = dict[str, object]
KEPT_AFTER = 5  # uses of the same statement on one connection


class Change(NamedTuple):
    """A statement that changes rows; one row's own answers with its key, unless it is gone."""

    sql: str
    parameters: list[Any]
    row: models.Model | None = None


# Changes that wait to be sent together, at most one of each table.
_waiting: ContextVar[dict[str, Change] | None] = ContextVar("waiting", default=None)


def _database() -> BaseDatabaseWrapper:
    """Return this thread's connection; Django's `connection` looks it up at every use."""
    return connections[DEFAULT_DB_ALIAS]


@contextmanager
def _plan_kept(database: BaseDatabaseWrapper, *, unless: bool) -> Iterator[None]:
    """Have the driver prepare the statement, where it would not for requests that only read."""
    driver: Any = database.connection
    if unless or driver is None or driver.prepare_threshold is not None:
        yield
        return
    driver.prepare_threshold = KEPT_AFTER
    try:
        yield
    finally:
        driver.prepare_threshold = None


class Slot(Expression):
    """A place in a statement, for a value that comes with each call."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "%s", [self]


@models.ForeignKey.register_lookup
class Among(Lookup):
    """`desk__among=Slot("desks")`: one of several values, however many come with each call.

    The values may also be an array that the database makes, before it looks for the rows.
    """

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        values, given = compiler.compile(self.rhs)
        return f"{column} = ANY({values})", [*parameters, *given]


class Prepared(NamedTuple):
    """SQL with its parameters, some of which are still slots."""

    sql: str
    parameters: tuple[object, ...]

    def filled(self, values: Values) -> list[Any]:
        return [values[one.name] if isinstance(one, Slot) else one for one in self.parameters]


class Reading(Generic[M]):
    """A queryset with slots; its rows are the instances that the queryset would give.

    PostgreSQL keeps the plan of what is found by its key. A list is planned each time: what is good
    for a large desk is often ruinous for a small one.
    """

    def __init__(
        self, build: Callable[[], models.QuerySet[M, Any]], *, is_list: bool = False
    ) -> None:
        self._build, self._is_list = build, is_list

    def one(self, **values: object) -> M | None:
        """Return the first row, or None."""
        found = self._rows(values)
        return self._instance(found[0]) if found else None

    def all(self, **values: object) -> list[M]:
        return [self._instance(row) for row in self._rows(values)]

    def rows(self, **values: object) -> list[tuple[Any, ...]]:
        """Return what a queryset of `values_list` gives."""
        found = self._rows(values)
        return [tuple(self._converted(row)) for row in found] if self._converters else found

    @cached_property
    def _compiled(self) -> tuple[Any, Prepared]:
        """Compile in the thread that asks first: a compiler's connection is that thread's."""
        compiler: Any = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        return compiler, Prepared(*compiler.as_sql())

    @property
    def _compiler(self) -> Any:
        return self._compiled[0]

    @cached_property
    def _converters(self) -> list[tuple[int, list[Any], Any]]:
        columns = [one[0] for one in self._compiler.select]
        found = self._compiler.get_converters(columns)
        return [(place, converters, column) for place, (converters, column) in found.items()]

    @cached_property
    def _shape(self) -> tuple[type[M], int, list[str]]:
        """Return the model, where its columns begin in a row, and their names."""
        places = self._compiler.klass_info["select_fields"]
        names = [self._compiler.select[place][0].target.attname for place in places]
        return self._compiler.klass_info["model"], places[0], names

    @cached_property
    def _related(self) -> Any:
        compiler, queries = self._compiler, cast(Any, models.query)
        populators = queries.get_related_populators
        return populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)

    def _rows(self, values: Values) -> list[Any]:
        compiler, prepared = self._compiled
        database = _database()
        if compiler.query.select_for_update and not database.in_atomic_block:
            raise TransactionManagementError("A row is held until the end of a transaction.")
        with database.cursor() as cursor, _plan_kept(database, unless=self._is_list):
            cursor.execute(prepared.sql, prepared.filled(values))
            return list(cursor.fetchall())

    def _converted(self, row: Any) -> list[Any]:
        row, database = list(row), _database()
        for place, converters, column in self._converters:
            for convert in converters:
                row[place] = convert(row[place], column, database)
        return cast(list[Any], row)

    def _instance(self, row: Any) -> M:
        row = self._converted(row)
        model, start, names = self._shape
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[start : start + len(names)])
        for related in self._related:
            related.populate(row, found)
        for name, place in self._compiler.annotation_col_map.items():
            setattr(found, name, row[place])
        return found


class ReadingOfDesks(Generic[M]):
    """A list of one desk or of several; one desk is read in the order of its own index."""

    def __init__(self, build: Callable[[dict[str, Slot]], models.QuerySet[M, Any]]) -> None:
        self._one = Reading(lambda: build({"desk": Slot("desks")}), is_list=True)
        self._several = Reading(lambda: build({"desk__among": Slot("desks")}), is_list=True)

    def all(self, *, desks: list[int], **values: object) -> list[M]:
        if len(desks) == 1:
            return self._one.all(desks=desks[0], **values)
        return self._several.all(desks=desks, **values)

    def rows(self, *, desks: list[int], **values: object) -> list[tuple[Any, ...]]:
        """Return what a queryset of `values_list` gives."""
        if len(desks) == 1:
            return self._one.rows(desks=desks[0], **values)
        return self._several.rows(desks=desks, **values)


class Updating:
    """An update of a queryset's rows, with slots."""

    def __init__(
        self, build: Callable[[], models.QuerySet[Any]], changes: Callable[[], Values]
    ) -> None:
        self._build, self._changes = build, changes

    def run(self, **values: object) -> None:
        _send(self._table, Change(self.prepared.sql, self.prepared.filled(values)))

    @cached_property
    def _table(self) -> str:
        table: str = self._build().model._meta.db_table
        return table

    @cached_property
    def prepared(self) -> Prepared:
        query: Any = self._build().query.chain(UpdateQuery)
        query.add_update_values(self._changes())
        return Prepared(*query.get_compiler(DEFAULT_DB_ALIAS).as_sql())


@contextmanager
def together() -> Iterator[None]:
    """Send what is changed inside as one statement; what the database refuses is raised at the end.

    A new row has its key at the end, or after `settle`. Whatever else is asked inside is asked
    after what waits; so is a second change of the same table.
    """
    token = _waiting.set({})
    try:
        with _database().execute_wrapper(_after_what_waits):
            yield
            settle()
    finally:
        _waiting.reset(token)


def settle() -> None:
    """Carry out what waits to be sent together; new rows have their keys then."""
    if waiting := _waiting.get():
        changes = list(waiting.values())
        waiting.clear()
        _carry_out(changes)


def save(row: models.Model) -> None:
    """Save as the row itself would, with the SQL that the first such row of the model took.

    No signal is sent, so this is for models of this house. A row that is gone is not made again.
    """
    database = _database()
    is_new = row._state.adding and row.pk is None
    sql, parameters = (_insertion if is_new else _change)(row, database)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    _send(row._meta.db_table, Change(sql, parameters, row))


def save_all(rows: Sequence[models.Model], *names: str) -> None:
    """Save these fields of rows of one model, however many, in one statement."""
    if not rows:
        return
    database, model = _database(), type(rows[0])
    values = [
        [one.get_db_prep_save(one.pre_save(row, add=False), database) for row in rows]
        for one in _named(model, names)
    ]
    with database.cursor() as cursor:
        cursor.execute(_update_of_many(model, names), values)
        if cursor.rowcount != len(rows):
            raise DatabaseError(f"Not all rows of {model._meta.db_table} are there any more.")


@lru_cache
def _update_of_many(model: type[models.Model], names: tuple[str, ...]) -> str:
    database, fields = _database(), _named(model, names)
    quoted = [database.ops.quote_name(one.column) for one in fields]
    table, key = database.ops.quote_name(model._meta.db_table), quoted[0]
    kinds = [fields[0].rel_db_type(database), *(one.db_type(database) for one in fields[1:])]
    given = ", ".join(f"%s::{kind}[]" for kind in kinds)
    changes = ", ".join(f"{one} = given.{one}" for one in quoted[1:])
    return " ".join(
        [
            *("UPDATE", table, "SET", changes),
            *("FROM", f"unnest({given}) AS given ({', '.join(quoted)})"),
            *("WHERE", f"{table}.{key} = given.{key}"),
        ]
    )


def _named(model: type[models.Model], names: Iterable[str]) -> list[Any]:
    """Return the key of a model and these fields."""
    return [model._meta.pk, *(model._meta.get_field(name) for name in names)]


def _send(table: str, change: Change) -> None:
    """Carry a change out, or have it wait for those that it is sent with."""
    waiting = _waiting.get()
    if waiting is None:
        _carry_out([change])
        return
    if table in waiting:
        settle()  # the parts of one statement see nothing of each other
    waiting[table] = change


def _after_what_waits(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    settle()
    return execute(sql, params, many, context)


def _carry_out(changes: list[Change]) -> None:
    rows = [one.row for one in changes if one.row is not None]
    sql = changes[0].sql
    if len(changes) > 1:
        sql = _joined(tuple((one.sql, one.row is not None) for one in changes))
    with _database().cursor() as cursor:
        cursor.execute(sql, [value for one in changes for value in one.parameters])
        keys = cursor.fetchone() if rows else None
    for row, key in zip(rows, keys or [None] * len(rows), strict=True):
        if key is None:
            raise DatabaseError(f"There is no row {row.pk} of {row._meta.db_table} any more.")
        row.pk = key


@lru_cache
def _joined(parts: tuple[tuple[str, bool], ...]) -> str:
    """Make one statement of several, of which some answer with a key; it answers with these.

    The database carries out the others too, although nobody asks for what they answer.
    """
    names = [f"part_{number}" for number in range(len(parts))]
    named = [f"{name} AS ({sql})" for name, (sql, _) in zip(names, parts, strict=True)]
    keys = [f"(TABLE {name})" for name, (_, has_key) in zip(names, parts, strict=True) if has_key]
    return f"WITH {', '.join(named)} SELECT {', '.join(keys)}"


def _insertion(row: models.Model, database: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    sql, fields = _insert_of(type(row))
    return sql, [one.get_db_prep_save(one.pre_save(row, add=True), database) for one in fields]


def _change(row: models.Model, database: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    update, fields = _update_of(type(row), frozenset(row.get_deferred_fields()))
    values = {
        one.attname: one.get_db_prep_save(one.pre_save(row, add=False), database) for one in fields
    }
    return update.sql, update.filled({**values, "pk": row.pk})


@lru_cache
def _insert_of(model: type[models.Model]) -> tuple[str, list[Any]]:
    fields = _columns(model)
    query: Any = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = [model._meta.pk]
    ((sql, _defaults),) = compiler.as_sql()
    return sql, fields


@lru_cache
def _update_of(model: type[models.Model], deferred: frozenset[str]) -> tuple[Prepared, list[Any]]:
    fields = [one for one in _columns(model) if one.attname not in deferred]
    update = Updating(
        lambda: model._base_manager.filter(pk=Slot("pk")),
        lambda: {one.name: Slot(one.attname) for one in fields},
    )
    key = _database().ops.quote_name(cast(str, model._meta.pk.column))
    sql, parameters = update.prepared
    return Prepared(f"{sql} RETURNING {key}", parameters), fields


def _columns(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not (one.primary_key or one.generated)]
