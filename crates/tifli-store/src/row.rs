//! A row as it comes back: columns by name, typed, never guessed.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::{Sealed, StoreError};

/// One row of a result.
pub struct Row(AnyRow);

impl Row {
    pub(crate) fn new(row: AnyRow) -> Self {
        Self(row)
    }

    /// The column as `T`: `i64`, `f64`, `String`, `Vec<u8>`, `bool` (0 or 1), or `Option` of these.
    pub fn get<T: FromColumn>(&self, column: &str) -> Result<T, StoreError> {
        T::from_column(&self.0, column)
    }

    /// The sealed value of `column`, still sealed; `context` is the `table:column:id` it was sealed for.
    pub fn get_sealed(
        &self,
        column: &str,
        owner: &str,
        context: &str,
    ) -> Result<Sealed, StoreError> {
        Ok(Sealed::new(owner, context, self.get(column)?))
    }

    /// Like [`Row::get_sealed`], for a column that may be null.
    pub fn find_sealed(
        &self,
        column: &str,
        owner: &str,
        context: &str,
    ) -> Result<Option<Sealed>, StoreError> {
        let bytes: Option<Vec<u8>> = self.get(column)?;
        Ok(bytes.map(|bytes| Sealed::new(owner, context, bytes)))
    }
}

/// A Rust type a column can be read as.
pub trait FromColumn: Sized {
    /// Reads the column.
    #[doc(hidden)]
    fn from_column(row: &AnyRow, column: &str) -> Result<Self, StoreError>;
}

macro_rules! plain_columns {
    ($($kind:ty),+) => {$(
        impl FromColumn for $kind {
            fn from_column(row: &AnyRow, column: &str) -> Result<Self, StoreError> {
                row.try_get(column).map_err(|_| mismatch(column))
            }
        }

        impl FromColumn for Option<$kind> {
            fn from_column(row: &AnyRow, column: &str) -> Result<Self, StoreError> {
                row.try_get(column).map_err(|_| mismatch(column))
            }
        }
    )+};
}

plain_columns!(i64, f64, String, Vec<u8>);

impl FromColumn for bool {
    fn from_column(row: &AnyRow, column: &str) -> Result<Self, StoreError> {
        match i64::from_column(row, column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(mismatch(column)),
        }
    }
}

impl FromColumn for u32 {
    fn from_column(row: &AnyRow, column: &str) -> Result<Self, StoreError> {
        u32::try_from(i64::from_column(row, column)?).map_err(|_| mismatch(column))
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(row: &AnyRow, column: &str) -> Result<Self, StoreError> {
        let bytes = Vec::<u8>::from_column(row, column)?;
        bytes.try_into().map_err(|_| mismatch(column))
    }
}

fn mismatch(column: &str) -> StoreError {
    StoreError::Column {
        column: column.to_owned(),
    }
}
