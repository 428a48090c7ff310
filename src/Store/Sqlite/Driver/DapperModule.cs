using Dapper;

[module: DapperAot]
