namespace Aios.Tests.Store.Contract;

public sealed class SqliteTriggerTests : TriggerContract<SqliteFixture>;

public sealed class SqliteRunTests : RunContract<SqliteFixture>;

public sealed class SqliteSharedTests : SharedContract<SqliteFixture>;

public sealed class SqliteTransactionTests : TransactionContract<SqliteFixture>;

public sealed class SqliteReadingTests : ReadingContract<SqliteFixture>;

public sealed class SqliteLineTests : LineContract<SqliteFixture>;

public sealed class SqliteHealthTests : HealthContract<SqliteFixture>;

public sealed class SqliteListTests : ListContract<SqliteFixture>;

public sealed class SqliteDatabaseTests : DatabaseContract<SqliteFixture>;

/// <inheritdoc />
public sealed class SqliteConfirmationTests : ConfirmationContract<SqliteFixture>;

/// <inheritdoc />
public sealed class SqliteFlowTests : FlowContract<SqliteFixture>;

public sealed class SqliteCallTests : CallContract<SqliteFixture>;
