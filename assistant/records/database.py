"""The database: SQLite in the data folder, or any that SQLAlchemy reaches by URL. Brought up to date when it is opened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from assistant.errors import JipingError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.orm import Session

FILE = "jiping.db"
MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_SECONDS = 30
_AGAIN = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
_LOCK = 1785432
"""Any number, the same in all versions: held while tables change."""


class RecordsError(JipingError):
    """The database cannot be opened, read or written. `passing`: it may be there again in a while."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(message)


def default_url(data_dir: Path) -> str:
    """The SQLite file in the data folder."""
    return f"sqlite:///{(data_dir / FILE).as_posix()}"


class Database:
    """An open database. `session` is a transaction: all of it is kept, or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at its end.

        Raises:
            RecordsError: the database does not answer, is locked, or is full.
        """
        from sqlalchemy.exc import SQLAlchemyError
        from sqlalchemy.orm import Session

        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise RecordsError(_in_chinese(error), passing=_passing(error)) from error

    @property
    def url(self) -> str:
        """Where it is, password and all: for a process of ours that is to open it too, never to be shown."""
        return self._engine.url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open it, make it if it is not there, and bring its tables up to date; an SQLite file is copied before that.

    Raises:
        RecordsError: the folder cannot be written, the file is no database, or a newer version of this program wrote it.
    """
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    try:
        engine = _engine(url)
        _brought_up(engine)
    except ImportError as error:
        raise RecordsError("没有安装这种数据库的驱动（PostgreSQL 需要 psycopg），请安装后再试。") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise RecordsError("数据库地址 database_url 的写法不对，应形如 sqlite:///文件 或 postgresql://…。") from error
    except SQLAlchemyError as error:
        raise RecordsError(_in_chinese(error), passing=_passing(error)) from error
    except OSError as error:
        where = f" {error.filename} " if error.filename else ""
        raise RecordsError(f"数据文件夹{where}不能写入，请检查它是不是文件夹、权限和磁盘空间。") from error
    return Database(engine)


def _engine(url: str) -> Engine:
    from sqlalchemy import create_engine, event, make_url

    place = make_url(url)
    if place.drivername in ("postgresql", "postgres"):
        place = place.set(drivername="postgresql+psycopg")
    if place.get_backend_name() != "sqlite":
        return create_engine(place, pool_pre_ping=True)
    if place.database and place.database != ":memory:":
        file = Path(place.database)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            file.touch(mode=0o600)
    engine = create_engine(place, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _sqlite_settings)
    return engine


def _sqlite_settings(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={_WAIT_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _brought_up(engine: Engine) -> None:
    """Brought up to date; where several open a new SQLite file at once, one that was pushed aside tries again."""
    from sqlalchemy.exc import OperationalError

    for pause in _AGAIN:
        try:
            return _upgrade(engine)
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            sleep(pause)
    return _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    """Run the migrations that this database lacks."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == script.get_current_head():
        return
    if present is not None:
        try:
            script.get_revision(present)
        except CommandError as error:
            raise RecordsError("数据库是由更新版本的绩评助手写成的，请升级本软件后再打开。") from error
        _copy_aside(engine, present)
    with engine.begin() as connection:
        _one_at_a_time(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _one_at_a_time(connection: Connection) -> None:
    """Two processes that open a new database at once: the second waits, then finds nothing left to do."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _copy_aside(engine: Engine, revision: str) -> None:
    """The SQLite file as it was, beside the new one."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and Path(name).is_file():
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy2(name, f"{name}.{revision}.bak")


def _passing(error: Exception) -> bool:
    """Whether it is the connection that failed, or somebody else's lock: nothing that stays so."""
    from sqlalchemy.exc import DBAPIError, OperationalError

    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    told = str(getattr(error, "orig", None) or error)
    return isinstance(error, OperationalError) and not any(
        words in told for words in ("readonly", "unable to open", "malformed", "no such", "password")
    )


def _in_chinese(error: Exception) -> str:
    """The usual troubles of a database in words that tell what to do."""
    told = str(getattr(error, "orig", None) or error)
    for words, said in (
        ("not a database", "数据库文件已损坏或不是数据库，请移走它后再试，或用备份恢复"),
        ("malformed", "数据库文件已损坏，请用备份恢复"),
        ("unable to open", "数据库文件打不开，请检查数据文件夹的权限"),
        ("readonly", "数据库文件只读，请检查权限"),
        ("locked", "数据库正被另一个程序占用，请稍后再试"),
        ("disk is full", "数据文件夹所在的磁盘已满，请腾出空间后再试"),
        ("password", "数据库服务器不认这个用户名或密码，请检查 database_url"),
        ("does not exist", "数据库服务器上没有 database_url 写的数据库或用户，请先建立"),
        ("connect", "连不上数据库服务器，请检查 database_url"),
        ("resolve host", "找不到数据库服务器，请检查 database_url 中的主机名"),
    ):
        if words in told:
            return f"{said}。"
    return "数据库读写失败，请检查数据文件夹和磁盘空间。"
