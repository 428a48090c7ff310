namespace Aios.Service;

/// <summary>Whose service it is.</summary>
internal enum ServiceScope
{
    /// <summary>The machine's: it starts at boot. Installing takes root.</summary>
    System,

    /// <summary>A user's own: it starts when they log in, or at boot if they may linger.</summary>
    User,
}
