"""What calls do outside the program, and which values they bring in from there: the one table for it.

Paths are those of ``BodyCall``. ``{a,b}`` is one of these, ``*`` any one name, ``**`` anything.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

_HTTP_VERBS = "{get,post,put,patch,delete,head,options,request,send,stream}"
_SQL = "{execute,executemany,executescript,fetch,fetchrow,fetchval,commit,copy_to_table,callproc}"
_SESSION = "{execute,scalar,scalars,stream,stream_scalars,get,get_one,commit,flush,refresh,query,merge,run_sync}"
_MONGO = (
    "{find,find_one,find_one_and_update,find_one_and_replace,find_one_and_delete,insert_one,insert_many,update_one,"
    "update_many,replace_one,delete_one,delete_many,count_documents,aggregate,distinct,bulk_write,create_index}"
)
_PATH = "pathlib.{Path,PosixPath,WindowsPath}"

IO: Mapping[str, tuple[str, ...]] = {
    "sends an HTTP request": (
        "requests.{get,post,put,patch,delete,head,options,request}",
        "requests.{Session,session,sessions.Session}()." + _HTTP_VERBS,
        "httpx." + _HTTP_VERBS,
        "httpx.{Client,AsyncClient}()." + _HTTP_VERBS,
        "aiohttp.request",
        "aiohttp.{ClientSession,client.ClientSession}().{get,post,put,patch,delete,head,options,request,ws_connect}",
        "urllib.request.{urlopen,urlretrieve}",
        "urllib3.request",
        "urllib3.{PoolManager,ProxyManager,HTTPConnectionPool,HTTPSConnectionPool}().{request,urlopen}",
        "http.client.{HTTPConnection,HTTPSConnection}().{request,connect,getresponse}",
        "httplib2.Http().request",
        "niquests.{get,post,put,patch,delete,head,options,request}",
        "niquests.{Session,AsyncSession}()." + _HTTP_VERBS,
        "stripe.**.{create,retrieve,modify,list,delete,cancel,capture,confirm,search,create_async,retrieve_async}",
        "slack_sdk.{WebClient,web.WebClient,web.async_client.AsyncWebClient}().{api_call,chat_*,files_*,users_*}",
        "slack_sdk.webhook.**.send",
        "twilio.rest.Client().**.create",
    ),
    "talks to a database": (
        "{psycopg,psycopg2,psycopg.Connection,psycopg.AsyncConnection}.connect",
        "{psycopg,psycopg2,psycopg.Connection,psycopg.AsyncConnection}.connect()." + _SQL,
        "{psycopg,psycopg2,psycopg.Connection,psycopg.AsyncConnection}.connect().cursor()." + _SQL,
        "psycopg_pool.{ConnectionPool,AsyncConnectionPool}().connection",
        "asyncpg.{connect,create_pool}",
        "asyncpg.{connect,create_pool}().{acquire,execute,executemany,fetch,fetchrow,fetchval}",
        "{sqlite3,aiosqlite,pymysql,MySQLdb,mysql.connector,aiomysql,oracledb,pyodbc,pymssql,duckdb}.connect",
        "{sqlite3,aiosqlite,pymysql,MySQLdb,mysql.connector,oracledb,pyodbc,pymssql,duckdb}.connect()." + _SQL,
        "{sqlite3,pymysql,MySQLdb,mysql.connector,oracledb,pyodbc,pymssql}.connect().cursor()." + _SQL,
        "{snowflake.connector.connect,clickhouse_connect.get_client,clickhouse_connect.get_async_client}",
        "sqlalchemy.create_engine().{connect,begin,execute,raw_connection}",
        "sqlalchemy.ext.asyncio.create_async_engine().{connect,begin}",
        "sqlalchemy.{Connection,engine.Connection,engine.Engine,Engine}().{execute,scalar,scalars,commit,connect,begin}",
        "sqlalchemy.orm.{Session,scoped_session,session.Session}()." + _SESSION,
        "sqlalchemy.orm.{sessionmaker,scoped_session}()()." + _SESSION,
        "sqlalchemy.ext.asyncio.{AsyncSession,AsyncConnection}()." + _SESSION,
        "sqlalchemy.ext.asyncio.async_sessionmaker()()." + _SESSION,
        "sqlmodel.{Session,ext.asyncio.session.AsyncSession}().{exec,execute,get,commit,flush,refresh}",
        "{pymongo,pymongo.mongo_client,pymongo.asynchronous.mongo_client}.*()**." + _MONGO,
        "motor.motor_asyncio.*()**." + _MONGO,
        "{redis,redis.asyncio,redis.client}.{Redis,StrictRedis,RedisCluster,from_url}()."
        "{ping,get,set,setex,setnx,"
        "mget,mset,delete,exists,expire,incr,incrby,decr,decrby,hget,hset,hgetall,hdel,hincrby,lpush,rpush,lpop,rpop,"
        "blpop,brpop,lrange,llen,sadd,srem,smembers,sismember,zadd,zrem,zrange,zscore,publish,xadd,xread,execute_command,"
        "eval,evalsha,keys,scan,scan_iter,ttl,getdel,getset}",
        "{redis,redis.asyncio}.{Redis,StrictRedis}.from_url().{get,set,setex,delete,exists,expire,incr,hget,hset,publish}",
        "django.db.{connection.cursor,connections.__getitem__,transaction.atomic}",
        "elasticsearch.{Elasticsearch,AsyncElasticsearch}().{index,search,get,update,delete,bulk,exists,count}",
    ),
    "calls a cloud service": (
        "boto3.client().{put_*,get_*,list_*,describe_*,create_*,delete_*,update_*,send_*,publish,publish_batch,invoke,"
        "upload_*,download_*,copy_*,head_*,query,scan,batch_*,start_*,stop_*,receive_*,transact_*,assume_role}",
        "boto3.{session.Session,Session}().client().{put_*,get_*,list_*,describe_*,create_*,delete_*,update_*,send_*,"
        "publish,invoke,upload_*,download_*,copy_*,head_*,query,scan,batch_*,start_*,stop_*,receive_*}",
        "boto3.resource().{Table,Bucket,Object,Queue,Topic}().{put_*,get_*,delete_*,update_*,query,scan,upload_*,"
        "download_*,send_*,publish,load}",
        "{aioboto3,aiobotocore.session}.**.{put_*,get_item,get_object,list_*,delete_*,update_*,send_*,publish,invoke,"
        "upload_*,download_*,query,scan,receive_*}",
        "google.cloud.**.{upload_from_*,download_*,query,insert_rows_json,publish,access_secret_version,predict}",
        "azure.**.{upload_blob,download_blob,send_messages,get_secret,upsert_item,create_item,read_item}",
    ),
    "calls a language model": (
        "openai.**.{create,parse,stream,generate,edit}",
        "anthropic.**.{create,stream,parse,count_tokens}",
        "litellm.{completion,acompletion,embedding,aembedding,responses,aresponses,image_generation,transcription}",
        "google.genai.**.{generate_content,generate_content_stream,send_message,embed_content}",
        "{cohere,mistralai,groq,together}.**.{chat,complete,complete_async,create,embed,generate,rerank,stream}",
        "ollama.{chat,generate,embed,embeddings}",
        "ollama.{Client,AsyncClient}().{chat,generate,embed,embeddings}",
    ),
    "reads or writes files": (
        "{open,io.open,codecs.open,aiofiles.open,gzip.open,bz2.open,lzma.open,tarfile.open,zipfile.ZipFile}",
        _PATH + "().{open,read_text,read_bytes,write_text,write_bytes,mkdir,touch,unlink,rename,replace,rmdir}",
        _PATH + "().{symlink_to,hardlink_to,chmod,copy,move}",
        "shutil.{copy,copy2,copyfile,copytree,move,rmtree,make_archive,unpack_archive,chown}",
        "os.{open,remove,unlink,rename,renames,replace,mkdir,makedirs,rmdir,removedirs,symlink,link,truncate,chmod,chown}",
        "tempfile.{NamedTemporaryFile,TemporaryFile,SpooledTemporaryFile,TemporaryDirectory,mkstemp,mkdtemp}",
        "pandas.{read_csv,read_json,read_parquet,read_excel,read_pickle,read_feather,read_sql,read_sql_query,read_table}",
        "polars.{read_csv,read_json,read_parquet,read_database,read_excel}",
        "numpy.{load,save,savez,loadtxt,savetxt,fromfile}",
    ),
    "starts a process": (
        "subprocess.{run,call,check_call,check_output,Popen,getoutput,getstatusoutput}",
        "os.{system,popen,fork,startfile,spawnl,spawnle,spawnlp,spawnv,spawnve,spawnvp,posix_spawn}",
        "asyncio.{create_subprocess_exec,create_subprocess_shell}",
        "anyio.{run_process,open_process}",
    ),
    "sends mail": (
        "smtplib.{SMTP,SMTP_SSL}",
        "smtplib.{SMTP,SMTP_SSL}().{connect,send_message,sendmail,login}",
        "aiosmtplib.{send,SMTP().connect,SMTP().send_message,SMTP().sendmail}",
        "django.core.mail.{send_mail,send_mass_mail,mail_admins,mail_managers}",
        "{resend.Emails.send,resend.Emails.send_async,yagmail.SMTP().send}",
        "sendgrid.SendGridAPIClient().send",
        "postmarker.core.PostmarkClient().emails.send",
    ),
    "uses the network": (
        "socket.{create_connection,getaddrinfo,gethostbyname,gethostbyaddr}",
        "socket.socket().{connect,send,sendall,sendto,recv,recvfrom}",
        "asyncio.{open_connection,open_unix_connection}",
        "{websockets,websockets.client,websocket}.{connect,create_connection}",
        "{ftplib.FTP,ftplib.FTP_TLS,imaplib.IMAP4,imaplib.IMAP4_SSL,poplib.POP3,poplib.POP3_SSL,telnetlib.Telnet}",
        "{paramiko.SSHClient().connect,asyncssh.connect,nats.connect,aio_pika.connect,aio_pika.connect_robust}",
        "{pika.BlockingConnection,kafka.KafkaProducer().send,confluent_kafka.Producer().produce}",
        "aiokafka.AIOKafkaProducer().{send,send_and_wait,start}",
    ),
    "waits for somebody to type": ("{input,getpass.getpass}",),
}
"""What a call does outside the program, as the predicate of a sentence → the calls that do it."""

CLOCK = "the clock"
RANDOM = "chance"
ENVIRONMENT = "the environment of the worker"
PROCESS = "the process of the worker"
LASTING = frozenset({ENVIRONMENT, PROCESS})
"""What often is as it was when the task is resumed: on the same worker, in the same process."""

VALUES: Mapping[str, tuple[str, ...]] = {
    CLOCK: (
        "datetime.datetime.{now,utcnow,today}",
        "datetime.date.today",
        "time.{time,time_ns,monotonic,monotonic_ns,perf_counter,perf_counter_ns,process_time,process_time_ns}",
        "{asyncio.get_event_loop,asyncio.get_running_loop}().time",
        "pendulum.{now,today,yesterday,tomorrow}",
        "arrow.{now,utcnow}",
        "django.utils.timezone.{now,localdate}",
        "pandas.Timestamp.{now,today,utcnow}",
        "whenever.*.now",
    ),
    RANDOM: (
        "random.{random,randint,randrange,randbytes,getrandbits,choice,choices,sample,shuffle,uniform,triangular,gauss,"
        "normalvariate,lognormvariate,expovariate,betavariate,gammavariate,paretovariate,vonmisesvariate,"
        "weibullvariate,SystemRandom}",
        "numpy.random.{rand,randn,randint,random,random_sample,choice,shuffle,permutation,normal,uniform,exponential}",
        "uuid.{uuid1,uuid4,uuid6,uuid7}",
        "{uuid6.uuid6,uuid6.uuid7,uuid_utils.uuid4,uuid_utils.uuid7,ulid.new,ulid.ULID,nanoid.generate,shortuuid.uuid}",
        "secrets.{token_bytes,token_hex,token_urlsafe,randbelow,randbits,choice}",
        "os.{urandom,getrandom}",
    ),
    PROCESS: ("id",),
    ENVIRONMENT: (
        "os.{getenv,getenvb,getcwd,getpid,getppid,getlogin,cpu_count,listdir,scandir,walk,stat,getloadavg}",
        "os.environ.{get,__getitem__,items,keys,values,copy}",
        "os.path.{exists,isfile,isdir,getmtime,getctime,getsize}",
        "glob.{glob,iglob}",
        _PATH + "().{iterdir,glob,rglob,walk,exists,is_file,is_dir,stat}",
        "pathlib.Path.{cwd,home}",
        "socket.{gethostname,getfqdn}",
        "platform.{node,platform,machine,uname}",
        "threading.{get_ident,get_native_id,current_thread}",
        "multiprocessing.{current_process,cpu_count}",
    ),
}
"""What a value depends on that is not the task's input or journal → the calls that give such values."""

UNSEEDED = frozenset({"random.Random", "numpy.random.default_rng"})
"""They depend on chance when they are made without a seed."""
WITHOUT_ARGUMENTS = frozenset({"time.localtime", "time.gmtime", "time.ctime", "time.asctime"})
"""They read the clock when no moment is passed."""

CONTEXT_VALUES: Mapping[str, str] = {
    "invocation_count": "counts how often the run was resumed",
    "worker_id": "is the worker that runs the task just now",
    "worker_labels": "are those of the worker that runs the task just now",
    "retry_count": "differs from attempt to attempt",
    "attempt_number": "differs from attempt to attempt",
}
"""Properties of the context that differ from one run of the body to the next, with the predicate that says how."""
BETWEEN_ATTEMPTS = frozenset({"retry_count", "attempt_number"})
"""They stay the same while one attempt is resumed."""
OF_WORKER = frozenset({"worker_id", "worker_labels"})
"""They stay the same while the same worker goes on with the run."""

SLEEPS = frozenset({"time.sleep", "asyncio.sleep", "anyio.sleep", "trio.sleep", "gevent.sleep", "eventlet.sleep"})


def io_of(path: str) -> str | None:
    """What a call does outside the program, as the predicate of a sentence; None when the table does not know it."""
    return _lookup(path, "io")


def value_of(path: str) -> str | None:
    """What the value of a call depends on besides the task's input; None when the table does not know it."""
    return _lookup(path, "values")


@functools.lru_cache(maxsize=4096)
def _lookup(path: str, table: str) -> str | None:
    for pattern, kind in _patterns(table):
        if pattern.fullmatch(path):
            return kind
    return None


@functools.cache
def _patterns(table: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """One regular expression for each kind."""
    rows = IO if table == "io" else VALUES
    return tuple((re.compile("|".join(map(_expression, patterns))), kind) for kind, patterns in rows.items())


def _expression(pattern: str) -> str:
    return "".join(_pieces(pattern))


def _pieces(pattern: str) -> Iterator[str]:
    for piece in re.findall(r"\*\*|\*|[{},]|[^*{},]+", pattern):
        match piece:
            case "**":
                yield ".*"
            case "*":
                yield r"\w*"
            case "{":
                yield "(?:"
            case "}":
                yield ")"
            case ",":
                yield "|"
            case _:
                yield re.escape(piece)
