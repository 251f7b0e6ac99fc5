/**
 * Page — the documents of a user, with a button only where the policies allow what it does: `/?user=ann`.
 */
import { documentsFor } from '../documents.js';

const Page = async ({ searchParams }) => {
  const { user = 'bob' } = await searchParams;
  return (
    <main>
      <h1>Documents of {user}</h1>
      <ul>
        {documentsFor(String(user)).map(({ id, text, allowed }) => (
          <li key={id}>
            {text} {allowed.includes('edit') && <button type="button">Edit</button>}
          </li>
        ))}
      </ul>
    </main>
  );
};

export { Page as default };
